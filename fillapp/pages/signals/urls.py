"""The addresses of the signals' rooms, below `signals/`."""

from django.urls import path

from fillapp.pages.signals import backfills, changing, clusters, listing, making, read_all, room
from fillapp.pages.signals.alerts import page as alerts
from fillapp.pages.signals.monitoring import page as findings
from fillapp.pages.signals.monitoring import texts

urlpatterns = [
    path("", listing.show_signals, name="signals"),
    path("new/", making.make_signal, name="signal_new"),
    path("monitoring/", findings.show_findings, name="signals_monitoring"),
    path("monitoring/texts/", texts.show_texts, name="signals_texts"),
    path("clusters/", clusters.show_clusters, name="signals_clusters"),
    path("alerts/", alerts.show_alerts, name="alerts"),
    path("alerts/new/", alerts.make_alert, name="alert_new"),
    path("alerts/<int:pk>/", alerts.show_alert, name="alert"),
    path("alerts/<int:pk>/act/", alerts.act, name="alert_act"),
    path("read-all/", read_all.switch, name="signals_read_all"),
    path("<slug:name>/", room.show_signal, name="signal"),
    path("<slug:name>/backfill/", backfills.follow_backfill, name="signal_backfill"),
    path("<slug:name>/backfill/change/", backfills.change_backfill, name="signal_backfill_change"),
    path("<slug:name>/rename/", changing.rename, name="signal_rename"),
    path("<slug:name>/archive/", changing.archive, name="signal_archive"),
    path("<slug:name>/bring-back/", changing.bring_back, name="signal_bring_back"),
]
