"""`manage.py up`: the whole product in one process, web and worker."""

import sys
from argparse import ArgumentParser
from typing import Any

import uvicorn
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand

from fillapp.celery import start_worker
from fillapp.demo import LOGINS, PASSWORD
from generation.profiles import UnknownProfile, default_profile


class Command(BaseCommand):
    help = "Start the site and its worker in one process."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, port: int, host: str, **options: Any) -> None:
        try:
            profile = default_profile()
        except UnknownProfile as error:
            self.stderr.write(str(error))
            sys.exit(2)
        writer = "the offline writer (no language model)" if profile.offline else f"the model {profile.model}"
        self.stdout.write(f"Fill is at http://{host}:{port}/ and writes with {writer}.")
        names = [name for name in LOGINS if User.objects.filter(username=name, is_active=True).exists()]
        if names:
            self.stdout.write(f"Demo logins: {', '.join(names)}; password {PASSWORD}.")
        self.stdout.flush()
        start_worker(settings.FILL_QUEUE)
        uvicorn.run(
            "fillapp.asgi:application",
            host=host,
            port=port,
            log_level="warning",
            timeout_graceful_shutdown=2,
        )
