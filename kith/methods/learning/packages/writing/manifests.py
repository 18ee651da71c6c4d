"""The tables of contents of packages: imsmanifest.xml of SCORM 1.2, and cmi5.xml."""

from collections.abc import Iterable
from html import escape

from kith.methods.learning.courses.schema import Course
from kith.methods.learning.questions.schema import say

BASE = "https://kith.example/courses"
"""Identifiers have to be addresses; nothing has to be there."""


def scorm_12(course: Course, language: str, files: Iterable[str]) -> str:
    """imsmanifest.xml with the course as one part."""
    key, title = escape(course.key), escape(say(course.title, language))
    listed = "".join(f'<file href="{escape(one)}"/>' for one in files)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="kith-{key}" version="{course.version}"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="course"><organization identifier="course"><title>{title}</title>
<item identifier="item-{key}" identifierref="resource-{key}"><title>{title}</title>
<adlcp:masteryscore>{course.pass_percent}</adlcp:masteryscore></item>
</organization></organizations>
<resources><resource identifier="resource-{key}" type="webcontent" adlcp:scormtype="sco"
  href="index.html">{listed}</resource></resources>
</manifest>
"""


def cmi5(course: Course, language: str, *, has_score: bool) -> str:
    """cmi5.xml with the course as one unit."""
    title, summary = escape(say(course.title, language)), escape(say(course.summary, language))
    home = f"{BASE}/{escape(course.key)}/{course.version}"
    move_on = "CompletedAndPassed" if has_score else "Completed"
    lang = escape(language)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
<course id="{home}"><title><langstring lang="{lang}">{title}</langstring></title>
<description><langstring lang="{lang}">{summary}</langstring></description></course>
<au id="{home}/whole" moveOn="{move_on}" masteryScore="{course.pass_percent / 100:g}"
  launchMethod="AnyWindow"><title><langstring lang="{lang}">{title}</langstring></title>
<description><langstring lang="{lang}">{summary}</langstring></description>
<url>index.html</url></au>
</courseStructure>
"""
