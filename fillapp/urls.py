"""Every address of the site."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from fillapp.pages import (
    accounts,
    export,
    follow,
    history,
    moving,
    preview,
    report,
    schema,
    sharing,
    start,
)
from fillapp.pages.block import deciding, editing, versions, withheld
from fillapp.pages.reports import changes, listing

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", accounts.SignIn.as_view(), name="sign_in"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign_out"),
    path("", start.start, name="gallery"),
    path("templates/<slug:slug>/start/", start.start, name="start"),
    path("documents/", start.upload, name="upload"),
    path("templates/", include("fillapp.pages.studio.urls")),
    path("reports/", listing.list_reports, name="reports"),
    path("reports/deleted/", listing.list_deleted, name="reports_deleted"),
    path("reports/<int:pk>/", report.show, name="report"),
    path("reports/<int:pk>/stream/", follow.follow_report, name="report_stream"),
    path("reports/<int:pk>/cancel/", report.cancel, name="report_cancel"),
    path("reports/<int:pk>/retry/", report.retry, name="report_retry"),
    path("reports/<int:pk>/word/", export.download_word, name="report_word"),
    path("reports/<int:pk>/result.json", export.download_result, name="report_result"),
    path("reports/<int:pk>/rename/", changes.rename, name="report_rename"),
    path("reports/<int:pk>/duplicate/", changes.duplicate, name="report_duplicate"),
    path("reports/<int:pk>/delete/", changes.delete, name="report_delete"),
    path("reports/<int:pk>/undelete/", changes.undelete, name="report_undelete"),
    path("reports/<int:pk>/sharing/", sharing.share, name="report_sharing"),
    path("reports/<int:pk>/move/", moving.move, name="report_move"),
    path("reports/<int:pk>/history/", history.show_history, name="report_history"),
    path("reports/<int:pk>/accept/", deciding.accept_all, name="report_accept"),
    path("reports/<int:pk>/blocks/<key>/document.json", editing.show_document, name="block_document"),
    path("reports/<int:pk>/blocks/<key>/edit/", editing.save, name="block_edit"),
    path("reports/<int:pk>/blocks/<key>/decide/", deciding.decide_block, name="block_decide"),
    path("reports/<int:pk>/blocks/<key>/lock/", deciding.lock_block, name="block_lock"),
    path("reports/<int:pk>/blocks/<key>/about/", versions.show_about, name="block_about"),
    path("reports/<int:pk>/blocks/<key>/offered/", versions.show_offered, name="block_offered"),
    path(
        "reports/<int:pk>/blocks/<key>/versions/<what>/<int:number>/",
        versions.show_version,
        name="block_version",
    ),
    path("reports/<int:pk>/blocks/<key>/choose/", versions.choose, name="block_choose"),
    path("reports/<int:pk>/blocks/<key>/generate/", versions.generate, name="block_generate"),
    path("reports/<int:pk>/blocks/<key>/stop/", versions.stop, name="block_stop"),
    path("reports/<int:pk>/blocks/<key>/withheld/", withheld.show, name="block_withheld"),
    path("reports/<int:pk>/blocks/<key>/withheld/look/", withheld.look, name="block_look"),
    path("reports/<int:pk>/blocks/<key>/withheld/release/", withheld.release, name="block_release"),
    path("reports/<int:pk>/blocks/<key>/withheld/reject/", withheld.reject, name="block_reject_withheld"),
    path("reports/<int:pk>/preview/", preview.show_preview, name="report_preview"),
    path("reports/<int:pk>/preview/<slug:digest>/", preview.show_pages, name="report_pages"),
    path(
        "reports/<int:pk>/preview/<slug:digest>/<int:number>.png", preview.show_picture, name="report_picture"
    ),
    path(
        "reports/<int:pk>/preview/<slug:digest>/<int:number>-small.png",
        preview.show_picture,
        {"small": True},
        name="report_picture_small",
    ),
    path("signals/", include("fillapp.pages.signals.urls")),
    path("template.schema.json", schema.show_schema, name="template_schema"),
    path("admin/", admin.site.urls),
]
