"""Suggestions keep what earlier reports say, and whether somebody has taken or left them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("generation", "0008_test_cases")]

    operations = [
        migrations.AddField("suggestion", "passages", models.JSONField(default=list)),
        # Those there are were shown when they were asked for, and are not to come back.
        migrations.AddField("suggestion", "settled", models.BooleanField(default=True)),
        migrations.AlterField("suggestion", "settled", models.BooleanField(default=False)),
    ]
