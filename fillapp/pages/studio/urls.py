"""The addresses of the studio, below `templates/`."""

from django.urls import path

from fillapp.pages import sharing
from fillapp.pages.studio import build, files, importing, palette, parts, previewing, structure, suggesting
from fillapp.pages.studio.gallery import acts
from fillapp.pages.studio.gallery import page as gallery
from fillapp.pages.studio.look import changing as look_changing
from fillapp.pages.studio.look import page as look
from fillapp.pages.studio.proving import cases, expectations, outputs, runs
from fillapp.pages.studio.proving import page as tests
from fillapp.pages.studio.versions import comparing, room

urlpatterns = [
    path("", gallery.show_gallery, name="templates"),
    path("import/", importing.start_import, name="template_import"),
    path("import/<int:pk>/", importing.review_import, name="template_import_review"),
    path("<slug:slug>/duplicate/", acts.duplicate, name="template_duplicate"),
    path("<slug:slug>/archive/", acts.archive, name="template_archive"),
    path("<slug:slug>/bring-back/", acts.bring_back, name="template_bring_back"),
    path("<slug:slug>/file/", files.download, name="template_file"),
    path("<slug:slug>/sharing/", sharing.share_template, name="template_sharing"),
    path("<slug:slug>/versions/", room.show_versions, name="template_versions"),
    path("<slug:slug>/versions/compare/", comparing.compare, name="template_compare"),
    path("<slug:slug>/versions/<int:number>/again/", room.go_back, name="template_again"),
    path("<slug:slug>/", build.show_studio, name="template"),
    path("<slug:slug>/draft/", structure.show_draft, name="template_draft"),
    path("<slug:slug>/about/", parts.edit_about, name="template_about"),
    path("<slug:slug>/parts/", structure.change_structure, name="template_parts"),
    path("<slug:slug>/parts/<name>/", parts.edit_part, name="template_part"),
    path("<slug:slug>/undo/", structure.undo, name="template_undo"),
    path("<slug:slug>/palette/", palette.show_palette, name="template_palette"),
    path("<slug:slug>/blocks/<key>/advice/", suggesting.advise, name="template_advice"),
    path("<slug:slug>/blocks/<key>/suggest/", suggesting.ask, name="template_suggest"),
    path("<slug:slug>/suggestions/<int:suggestion>/", suggesting.show, name="template_suggestion"),
    path(
        "<slug:slug>/suggestions/<int:suggestion>/cancel/",
        suggesting.cancel,
        name="template_suggestion_cancel",
    ),
    path(
        "<slug:slug>/suggestions/<int:suggestion>/settle/",
        suggesting.settle,
        name="template_suggestion_settle",
    ),
    path("<slug:slug>/preview/", previewing.preview, name="template_preview"),
    path("<slug:slug>/preview/states/", previewing.preview_states, name="template_states"),
    path("<slug:slug>/examples/", previewing.add_examples, name="template_examples"),
    path("<slug:slug>/look/", look_changing.room, name="template_word"),
    path("<slug:slug>/look/style/", look.download_style, name="template_style"),
    path("<slug:slug>/look/sample/", look.download_sample, name="template_sample"),
    path("<slug:slug>/look/pages/", look.draw_again, name="template_pages"),
    path("<slug:slug>/look/pages/<slug:digest>/", look.show_pages, name="template_pages_drawn"),
    path(
        "<slug:slug>/look/pages/<slug:digest>/<int:number>.png",
        look.show_picture,
        name="template_picture",
    ),
    path("<slug:slug>/tests/", tests.show_tests, name="template_tests"),
    path("<slug:slug>/tests/cases/", cases.add_case, name="test_cases"),
    path("<slug:slug>/tests/cases/<int:pk>/", cases.change_case, name="test_case"),
    path("<slug:slug>/tests/cases/<int:pk>/expect/", expectations.add_expectation, name="expect"),
    path("<slug:slug>/tests/expectations/<int:pk>/", expectations.change_expectation, name="expectation"),
    path("<slug:slug>/tests/run/", runs.run_tests, name="run_tests"),
    path("<slug:slug>/tests/runs/<int:pk>/", runs.show_earlier, name="test_run"),
    path("<slug:slug>/tests/runs/<int:pk>/cancel/", runs.cancel_tests, name="cancel_tests"),
    path("<slug:slug>/tests/runs/<int:pk>/<int:number>/<key>/", outputs.show_outputs, name="test_outputs"),
]
