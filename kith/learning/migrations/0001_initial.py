"""Tables of this room."""

import django.contrib.postgres.fields
import django.db.models.deletion
import kith.base.clock
import kith.base.fields
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('base', '0001_initial'),
        ('gate', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('key', models.SlugField(max_length=60)),
                ('title', models.JSONField()),
                ('opens', models.CharField(choices=[('mentoring', 'mentoring'), ('assessment', 'assessment'), ('nothing', 'nothing')], max_length=12)),
                ('shipped', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'key'), name='course_key_once')],
            },
        ),
        migrations.CreateModel(
            name='CourseVersion',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('draft', 'draft'), ('in_use', 'in_use'), ('before', 'before')], max_length=8)),
                ('frame', models.JSONField()),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), size=None)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('in_use_at', models.DateTimeField(blank=True, null=True)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='learning.course')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('course', 'number'), name='course_version_once'), models.UniqueConstraint(condition=models.Q(('state', 'in_use')), fields=('course',), name='course_one_version_in_use'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('in_use_at__isnull', False), _connector='OR'), name='course_version_in_use_since')],
            },
        ),
        migrations.CreateModel(
            name='CoursePart',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('module', 'module'), ('vignette', 'vignette')], max_length=10)),
                ('position', models.PositiveSmallIntegerField()),
                ('key', models.SlugField(max_length=60)),
                ('title', models.JSONField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('screens', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None)),
                ('content', models.JSONField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.courseversion')),
            ],
            options={
                'indexes': [models.Index(fields=['version', 'kind', 'position'], name='course_part_order')],
                'constraints': [models.UniqueConstraint(fields=('version', 'kind', 'key'), name='course_part_once')],
            },
        ),
        migrations.CreateModel(
            name='CoursePicture',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('name', models.CharField(max_length=120)),
                ('media_type', models.CharField(max_length=40)),
                ('content', models.BinaryField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.coursepart')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('part', 'name'), name='course_picture_once')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('title', models.CharField(max_length=120)),
                ('starts_on', models.DateField()),
                ('closes_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None)),
                ('seats', models.PositiveIntegerField(blank=True, null=True)),
                ('is_public', models.BooleanField(default=False)),
                ('called_off_on', models.DateField(blank=True, null=True)),
                ('taken', models.PositiveIntegerField(default=0)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='learning.course')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
                ('trainer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.membership')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', '-closes_on', 'id'], name='edition_by_closing')],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='edition_has_a_title'), models.CheckConstraint(condition=models.Q(('closes_on__lte', models.F('ends_on')), ('starts_on__lte', models.F('ends_on'))), name='edition_days_in_order'), models.CheckConstraint(condition=models.Q(('seats__isnull', True), ('seats__range', (1, 100000)), _connector='OR'), name='edition_seats')],
            },
        ),
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('title', models.CharField(max_length=120)),
                ('body', models.TextField(max_length=4000)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.membership')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.edition')),
            ],
            options={
                'indexes': [models.Index(fields=['edition', '-id'], name='announcement_newest')],
            },
        ),
        migrations.CreateModel(
            name='Hours',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('refresher', 'refresher'), ('supervision', 'supervision')], max_length=12)),
                ('done_on', models.DateField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.membership')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['member', '-done_on'], name='hours_of_member')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__range', (15, 1440))), name='hours_minutes')],
            },
        ),
        migrations.CreateModel(
            name='LearningPage',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('slug', models.SlugField(max_length=40, unique=True)),
                ('is_open', models.BooleanField(default=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation',), name='one_learning_page')],
            },
        ),
        migrations.CreateModel(
            name='LiveSession',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('starts_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('place', models.CharField(blank=True, max_length=200)),
                ('link', models.URLField(blank=True, max_length=300)),
                ('noted_on', models.DateField(blank=True, null=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.edition')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['edition', 'starts_at'], name='live_session_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__range', (15, 600))), name='live_session_minutes')],
            },
        ),
        migrations.CreateModel(
            name='Attended',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.membership')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.livesession')),
            ],
            options={
                'indexes': [models.Index(fields=['member', 'session'], name='attended_by_member')],
                'constraints': [models.UniqueConstraint(fields=('session', 'member'), name='attended_once')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('country', models.CharField(max_length=2)),
                ('language', models.CharField(max_length=8)),
                ('state', models.CharField(choices=[('learning', 'learning'), ('passed', 'passed'), ('left', 'left')], default='learning', max_length=8)),
                ('extra_percent', models.PositiveSmallIntegerField(default=0)),
                ('joined_on', models.DateField()),
                ('passed_on', models.DateField(blank=True, null=True)),
                ('last_at', models.DateTimeField(default=kith.base.clock.now)),
                ('part', models.CharField(blank=True, max_length=60)),
                ('screen', models.CharField(blank=True, max_length=60)),
                ('modules_done', models.PositiveSmallIntegerField(default=0)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='learning.edition')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='learning.courseversion')),
            ],
            options={
                'indexes': [models.Index(fields=['member', '-id'], name='course_seat_of_member'), models.Index(fields=['edition', 'state', '-last_at', 'id'], name='course_seat_by_last'), models.Index(fields=['edition', 'state', 'part'], name='course_seat_by_part')],
                'constraints': [models.UniqueConstraint(fields=('edition', 'member'), name='course_seat_once'), models.CheckConstraint(condition=models.Q(('extra_percent__lte', 100)), name='course_seat_extra_time'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'passed'), _negated=True), ('passed_on__isnull', False), _connector='OR'), name='course_seat_passed_on_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('user', models.UUIDField()),
                ('code', models.CharField(max_length=16)),
                ('name', kith.base.fields.EncryptedTextField()),
                ('title', models.JSONField()),
                ('language', models.CharField(max_length=8)),
                ('opens', models.CharField(choices=[('mentoring', 'mentoring'), ('assessment', 'assessment'), ('nothing', 'nothing')], max_length=12)),
                ('issued_on', models.DateField()),
                ('valid_until', models.DateField()),
                ('refresher_months', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('revoked_on', models.DateField(blank=True, null=True)),
                ('revoked_why', models.CharField(blank=True, choices=[('mistake', 'mistake'), ('own_wish', 'own_wish'), ('replaced', 'replaced'), ('conduct', 'conduct')], max_length=12)),
                ('revoked_note', kith.base.fields.EncryptedTextField(blank=True)),
                ('listed', models.PositiveIntegerField()),
                ('badge', models.TextField(blank=True)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='learning.course')),
                ('seat', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='learning.seat')),
            ],
            options={
                'indexes': [models.Index(fields=['member', 'opens', '-valid_until'], name='certificate_of_member'), models.Index(fields=['organisation', 'valid_until', 'id'], name='certificate_by_end')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'listed'), name='certificate_listed_once'), models.CheckConstraint(condition=models.Q(('issued_on__lte', models.F('valid_until'))), name='certificate_days_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_on__isnull', True), ('revoked_why', '')), models.Q(('revoked_on__isnull', False), models.Q(('revoked_why', ''), _negated=True)), _connector='OR'), name='certificate_revoked_for_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='PublicCode',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('code', models.CharField(max_length=16, unique=True)),
                ('certificate', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.certificate')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('part', models.CharField(max_length=60)),
                ('screens', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('seconds', models.PositiveIntegerField(default=0)),
                ('best_percent', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('done_on', models.DateField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.seat')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('seat', 'part'), name='progress_once')],
            },
        ),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('part', models.CharField(max_length=60)),
                ('number', models.PositiveSmallIntegerField()),
                ('seed', models.CharField(max_length=40)),
                ('questions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=125), size=None)),
                ('answers', models.JSONField(default=dict)),
                ('language', models.CharField(max_length=8)),
                ('begun_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('percent', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('passed', models.BooleanField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.seat')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('seat', 'part', 'number'), name='attempt_once'), models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True)), fields=('seat', 'part'), name='attempt_one_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('passed__isnull', True), ('percent__isnull', True)), models.Q(('finished_at__isnull', False), ('passed__isnull', False), ('percent__lte', 100)), _connector='OR'), name='attempt_finished_has_a_result')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('question', models.CharField(max_length=60)),
                ('number', models.PositiveIntegerField(default=0)),
                ('points', models.FloatField(default=0)),
                ('points_squared', models.FloatField(default=0)),
                ('rest', models.FloatField(default=0)),
                ('rest_squared', models.FloatField(default=0)),
                ('product', models.FloatField(default=0)),
                ('chosen', models.JSONField(default=dict)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.coursepart')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('part', 'question'), name='tally_once')],
            },
        ),
        migrations.CreateModel(
            name='TrainingRequest',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('asking', models.CharField(max_length=200)),
                ('name', kith.base.fields.EncryptedTextField()),
                ('email', kith.base.fields.EncryptedTextField()),
                ('country', models.CharField(max_length=2)),
                ('language', models.CharField(max_length=8)),
                ('people', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('wish', kith.base.fields.EncryptedTextField()),
                ('state', models.CharField(choices=[('new', 'new'), ('answered', 'answered'), ('closed', 'closed')], default='new', max_length=10)),
                ('answer', kith.base.fields.EncryptedTextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.membership')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'state', '-id'], name='training_request_newest')],
            },
        ),
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('user', models.UUIDField()),
                ('part', models.CharField(max_length=60)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('handed_in', 'handed_in'), ('returned', 'returned'), ('accepted', 'accepted')], default='draft', max_length=10)),
                ('answers', kith.base.fields.EncryptedTextField(blank=True)),
                ('feedback', kith.base.fields.EncryptedTextField(blank=True)),
                ('judged', models.JSONField(default=dict)),
                ('handed_in_at', models.DateTimeField(blank=True, null=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
                ('read_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.membership')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='learning.seat')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'handed_in')), fields=['organisation', 'handed_in_at', 'id'], name='work_to_read')],
                'constraints': [models.UniqueConstraint(fields=('seat', 'part'), name='work_once'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('handed_in_at__isnull', False), _connector='OR'), name='work_handed_in_at')],
            },
        ),
        migrations.CreateModel(
            name='BadgeKey',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('kid', models.CharField(max_length=300, unique=True)),
                ('private', kith.base.fields.EncryptedTextField()),
                ('public', models.JSONField()),
                ('in_use', models.BooleanField(default=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('in_use', True)), fields=('organisation',), name='badge_key_one_in_use')],
            },
        ),
    ]
