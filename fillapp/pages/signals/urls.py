"""The addresses of the signals' rooms, below `signals/`."""

from django.urls import path

from fillapp.pages.signals import changing, listing, making, room
from fillapp.pages.signals.elsewhere import coming, leaving
from fillapp.pages.signals.sets import evaluating, one
from fillapp.pages.signals.sets import listing as sets
from fillapp.pages.signals.settings import judging
from fillapp.pages.signals.teaching import labels
from fillapp.pages.signals.teaching import page as teaching

urlpatterns = [
    path("", listing.show_signals, name="signals"),
    path("new/", making.make_signal, name="signal_new"),
    path("import/", coming.import_signal, name="signal_import"),
    path("sets/", sets.show_sets, name="signal_sets"),
    path("sets/<int:pk>/", one.show_set, name="signal_set"),
    path("sets/<int:pk>/take/", one.take_next, name="signal_set_take"),
    path("sets/<int:pk>/evaluate/<slug:name>/", evaluating.show_evaluation, name="signal_set_evaluate"),
    path("sets/<int:pk>/evaluate/<slug:name>/read/", evaluating.read_next, name="signal_set_read"),
    path("<slug:name>/", room.show_signal, name="signal"),
    path("<slug:name>/label/", teaching.label, name="signal_label"),
    path("<slug:name>/undo/", teaching.take_back, name="signal_undo"),
    path("<slug:name>/phrase/", teaching.start_from, name="signal_phrase"),
    path("<slug:name>/examples/", teaching.add_typed, name="signal_examples"),
    path("<slug:name>/precision/", teaching.want_precision, name="signal_precision"),
    path("<slug:name>/figures/", teaching.show_figures, name="signal_figures"),
    path("<slug:name>/labels/", labels.show_labels, name="signal_labels"),
    path("<slug:name>/labels/<int:pk>/", labels.change_label, name="signal_label_change"),
    path("<slug:name>/judge/", judging.judge_next, name="signal_judge"),
    path("<slug:name>/judged/", judging.label_judged, name="signal_judged"),
    path("<slug:name>/elsewhere/", leaving.show_elsewhere, name="signal_elsewhere"),
    path("<slug:name>/file/", leaving.download, name="signal_file"),
    path("<slug:name>/score_signal.py", leaving.download_snippet, name="signal_snippet"),
    path("<slug:name>/rename/", changing.rename, name="signal_rename"),
    path("<slug:name>/archive/", changing.archive, name="signal_archive"),
    path("<slug:name>/bring-back/", changing.bring_back, name="signal_bring_back"),
]
