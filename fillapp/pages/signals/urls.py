"""The addresses of the signals' rooms, below `signals/`."""

from django.urls import path

from fillapp.pages.signals import changing, listing, making, room

urlpatterns = [
    path("", listing.show_signals, name="signals"),
    path("new/", making.make_signal, name="signal_new"),
    path("<slug:name>/", room.show_signal, name="signal"),
    path("<slug:name>/rename/", changing.rename, name="signal_rename"),
    path("<slug:name>/archive/", changing.archive, name="signal_archive"),
    path("<slug:name>/bring-back/", changing.bring_back, name="signal_bring_back"),
]
