"""Telling people of alerts: by e-mail or by a webhook, and each only of the texts he or she may read."""

from fillapp.telling.tell import tell, tell_test

__all__ = ["tell", "tell_test"]
