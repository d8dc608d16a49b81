"""Somebody on the teaching page, and which texts they may read: asked once a request."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.http import Http404

from fillapp.pages.accounts import SignedIn
from fillapp.pages.start.form import is_id
from fillapp.scopes import readable_texts
from signals.models import Sample, Text


@dataclass
class Visit:
    """A request, and what the person may read."""

    request: SignedIn

    @cached_property
    def readable(self) -> Q:
        """A condition on the scopes of texts."""
        return readable_texts(self.request.user)

    def find_sample(self, pk: str) -> Sample:
        """The sample that a form names. Raises `Http404` where the person may not read it."""
        sample = Sample.objects.filter(pk=int(pk) if is_id(pk) else 0).first()
        if sample is None or not self.may_read(sample):
            raise Http404
        return sample

    def may_read(self, sample: Sample) -> bool:
        """Whether the text of the sample may be read."""
        return Text.objects.within(self.readable).filter(pk=sample.text_id).exists()
