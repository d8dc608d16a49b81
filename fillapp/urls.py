"""Every address of the site."""

from django.contrib import admin
from django.urls import path

from fillapp.pages import (
    accounts,
    gallery,
    report,
    reports,
    schema,
    start,
    stream,
    template,
    template_block,
    template_word,
)

urlpatterns = [
    path("sign-in/", accounts.SignIn.as_view(), name="sign_in"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign_out"),
    path("", gallery.show_gallery, name="gallery"),
    path("templates/<slug:slug>/start/", start.start, name="start"),
    path("templates/<slug:slug>/", template.show_template, name="template"),
    path("templates/<slug:slug>/word/", template_word.change_look, name="template_word"),
    path("templates/<slug:slug>/word/style/", template_word.download_style, name="template_style"),
    path("templates/<slug:slug>/blocks/<key>/", template_block.edit_block, name="template_block"),
    path("reports/", reports.list_reports, name="reports"),
    path("reports/<int:pk>/", report.show, name="report"),
    path("reports/<int:pk>/stream/", stream.stream_report, name="report_stream"),
    path("reports/<int:pk>/cancel/", report.cancel, name="report_cancel"),
    path("reports/<int:pk>/retry/", report.retry, name="report_retry"),
    path("reports/<int:pk>/word/", report.download_word, name="report_word"),
    path("reports/<int:pk>/result.json", report.download_result, name="report_result"),
    path("template.schema.json", schema.show_schema, name="template_schema"),
    path("admin/", admin.site.urls),
]
