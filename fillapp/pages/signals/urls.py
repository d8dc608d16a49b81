"""The addresses of the signals' rooms, below `signals/`."""

from django.urls import path

from fillapp.pages.signals import backfills, changing, clusters, listing, making, read_all, room
from fillapp.pages.signals.alerts import page as alerts
from fillapp.pages.signals.elsewhere import coming, leaving
from fillapp.pages.signals.monitoring import page as findings
from fillapp.pages.signals.monitoring import texts
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
    path("monitoring/", findings.show_findings, name="signals_monitoring"),
    path("monitoring/texts/", texts.show_texts, name="signals_texts"),
    path("clusters/", clusters.show_clusters, name="signals_clusters"),
    path("alerts/", alerts.show_alerts, name="alerts"),
    path("alerts/new/", alerts.make_alert, name="alert_new"),
    path("alerts/<int:pk>/", alerts.show_alert, name="alert"),
    path("alerts/<int:pk>/act/", alerts.act, name="alert_act"),
    path("read-all/", read_all.switch, name="signals_read_all"),
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
    path("<slug:name>/backfill/", backfills.follow_backfill, name="signal_backfill"),
    path("<slug:name>/backfill/change/", backfills.change_backfill, name="signal_backfill_change"),
    path("<slug:name>/rename/", changing.rename, name="signal_rename"),
    path("<slug:name>/archive/", changing.archive, name="signal_archive"),
    path("<slug:name>/bring-back/", changing.bring_back, name="signal_bring_back"),
]
