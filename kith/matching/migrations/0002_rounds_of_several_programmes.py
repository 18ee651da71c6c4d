"""Rounds of several programmes, their runs and decisions: the new tables."""

import django.db.models.deletion
import kith.base.clock
import kith.base.fields
import kith.matching.rules.states
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0001_initial'),
        ('gate', '0001_initial'),
        ('matching', '0001_initial'),
        ('programmes', '0002_where_people_stand'),
    ]

    operations = [
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('act', models.CharField(choices=[('lock', 'lock'), ('unlock', 'unlock'), ('reject', 'reject'), ('allow', 'allow'), ('arrive', 'arrive'), ('leave', 'leave'), ('one_more', 'one_more'), ('one_less', 'one_less'), ('places', 'places')], max_length=10)),
                ('places', models.PositiveIntegerField(null=True)),
                ('record', kith.base.fields.EncryptedJSONField(blank=True, null=True)),
                ('moves', models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name='RoundProgramme',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('is_open', models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=kith.base.clock.now, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('asked', 'asked'), ('solving', 'solving'), ('done', 'done'), ('stopped', 'stopped'), ('failed', 'failed')], default='asked', max_length=8)),
                ('stage', models.CharField(blank=True, max_length=20)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('is_stop_asked', models.BooleanField(default=False)),
                ('fault', models.CharField(blank=True, max_length=20)),
                ('seed', models.BigIntegerField()),
                ('settings', models.JSONField(default=dict)),
                ('counts', models.JSONField(default=dict)),
                ('proof', models.JSONField(default=dict)),
                ('audit', models.JSONField(default=dict)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('acts', models.PositiveIntegerField(default=0)),
                ('repeated', models.CharField(blank=True, max_length=64)),
                ('repeated_at', models.DateTimeField(blank=True, null=True)),
                ('problem', kith.base.fields.EncryptedJSONField(blank=True, null=True)),
                ('standing', kith.base.fields.EncryptedTextField(blank=True)),
                ('asked_at', models.DateTimeField()),
                ('solved_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name='proposal',
            name='despite',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='proposal',
            name='despite_why',
            field=kith.base.fields.EncryptedTextField(blank=True),
        ),
        migrations.AddField(
            model_name='proposal',
            name='parts',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='proposal',
            name='reminded_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='proposal',
            name='shelf',
            field=models.CharField(choices=[('decide', 'decide'), ('asked', 'asked'), ('agreed', 'agreed'), ('left_out', 'left_out')], default='decide', max_length=8),
        ),
        migrations.AddField(
            model_name='proposal',
            name='waiting_since',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='round',
            name='is_rolling',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='unmatched',
            name='waiting_since',
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name='proposal',
            name='state',
            field=models.CharField(choices=[('proposed', 'proposed'), ('locked', 'locked'), ('rejected', 'rejected'), ('offered', 'offered'), ('agreed', 'agreed'), ('declined', 'declined'), ('expired', 'expired'), ('dropped', 'dropped')], default='proposed', max_length=10),
        ),
        migrations.AddField(
            model_name='decision',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.membership'),
        ),
        migrations.AddField(
            model_name='decision',
            name='mentor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.enrolment'),
        ),
        migrations.AddField(
            model_name='decision',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation'),
        ),
        migrations.AddField(
            model_name='decision',
            name='participant',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='programmes.enrolment'),
        ),
        migrations.AddField(
            model_name='decision',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='matching.round'),
        ),
        migrations.AddField(
            model_name='roundprogramme',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation'),
        ),
        migrations.AddField(
            model_name='roundprogramme',
            name='programme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.programme'),
        ),
        migrations.AddField(
            model_name='roundprogramme',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='matching.round'),
        ),
        migrations.AddField(
            model_name='run',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='gate.membership'),
        ),
        migrations.AddField(
            model_name='run',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.organisation'),
        ),
        migrations.AddField(
            model_name='run',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='matching.round'),
        ),
        migrations.AddField(
            model_name='decision',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='matching.run'),
        ),
    ]
