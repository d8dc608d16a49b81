"""The addresses of the studio, below `templates/`."""

from django.urls import path

from fillapp.pages.studio import build, importing, palette, parts, previewing, structure
from fillapp.pages.studio.look import changing as look_changing
from fillapp.pages.studio.look import page as look
from fillapp.pages.studio.proving import cases, expectations, outputs, runs
from fillapp.pages.studio.proving import page as tests

urlpatterns = [
    path("import/", importing.start_import, name="template_import"),
    path("import/<int:pk>/", importing.review_import, name="template_import_review"),
    path("<slug:slug>/", build.show_studio, name="template"),
    path("<slug:slug>/draft/", structure.show_draft, name="template_draft"),
    path("<slug:slug>/about/", parts.edit_about, name="template_about"),
    path("<slug:slug>/parts/", structure.change_structure, name="template_parts"),
    path("<slug:slug>/parts/<name>/", parts.edit_part, name="template_part"),
    path("<slug:slug>/undo/", structure.undo, name="template_undo"),
    path("<slug:slug>/palette/", palette.show_palette, name="template_palette"),
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
