from django.urls import path

from kith.web import views

app_name = "web"

urlpatterns = [
    path("", views.today, name="today"),
    path("more/", views.more, name="more"),
    path("search/", views.search, name="search"),
    path("language/", views.set_language, name="set_language"),
    path("theme/", views.set_theme, name="set_theme"),
    path("reason/", views.give_reason, name="give_reason"),
    path("away/", views.away, name="away"),
    path("style/", views.style, name="style"),
]
