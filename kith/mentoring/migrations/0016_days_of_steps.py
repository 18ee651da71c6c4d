from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mentoring', '0015_looking_back'),
    ]

    operations = [
        migrations.AddField(
            model_name='goalstep',
            name='due_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='goalstep',
            name='let_go_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='goalstep',
            name='who',
            field=models.CharField(choices=[('participant', 'participant'), ('mentor', 'mentor'), ('both', 'both'), ('coordinator', 'coordinator')], max_length=12),
        ),
        migrations.AddIndex(
            model_name='goalstep',
            index=models.Index(condition=models.Q(('done_on__isnull', True), ('due_on__isnull', False), ('let_go_on__isnull', True)), fields=['organisation', 'due_on'], name='step_by_day'),
        ),
        migrations.AddConstraint(
            model_name='goalstep',
            constraint=models.CheckConstraint(condition=models.Q(('done_on__isnull', True), ('let_go_on__isnull', True), _connector='OR'), name='step_done_or_let_go'),
        ),
    ]
