from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('signals', '0003_monitoring'),
    ]

    operations = [
        migrations.AddField('sampleset', 'file', models.CharField(blank=True, max_length=200)),
        migrations.AddField('sampleset', 'text_column', models.PositiveIntegerField(blank=True, null=True)),
        migrations.AddField('sampleset', 'label_column', models.PositiveIntegerField(blank=True, null=True)),
        migrations.AddField('sampleset', 'total', models.PositiveIntegerField(default=0)),
        migrations.AddField('sampleset', 'taken', models.PositiveIntegerField(default=0)),
        migrations.AddField('sampleset', 'empty', models.PositiveIntegerField(default=0)),
        migrations.AddField('sampleset', 'cut', models.PositiveIntegerField(default=0)),
    ]
