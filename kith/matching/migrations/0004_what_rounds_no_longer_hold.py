"""What rounds no longer hold, and what must be true of the new tables."""

import kith.matching.rules.states
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("matching", "0003_rounds_as_they_were")]

    operations = [
        migrations.RemoveConstraint(
            model_name='proposal',
            name='proposal_known_state',
        ),
        migrations.RemoveConstraint(
            model_name='round',
            name='one_open_round',
        ),
        migrations.RemoveIndex(
            model_name='proposal',
            name='proposal_by_round',
        ),
        migrations.RemoveField(
            model_name='round',
            name='counts',
        ),
        migrations.RemoveField(
            model_name='round',
            name='problem',
        ),
        migrations.RemoveField(
            model_name='round',
            name='programme',
        ),
        migrations.RemoveField(
            model_name='round',
            name='seed',
        ),
        migrations.RemoveField(
            model_name='round',
            name='settings',
        ),
        migrations.RemoveField(
            model_name='round',
            name='solved_at',
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['round', 'shelf', 'waiting_since', 'id'], name='proposal_board'),
        ),
        migrations.AddIndex(
            model_name='proposal',
            index=models.Index(fields=['mentor', 'state'], name='proposal_by_mentor'),
        ),
        migrations.AddIndex(
            model_name='unmatched',
            index=models.Index(fields=['round', 'waiting_since', 'id'], name='unmatched_by_waiting'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [kith.matching.rules.states.ProposalState['PROPOSED'], kith.matching.rules.states.ProposalState['LOCKED'], kith.matching.rules.states.ProposalState['REJECTED'], kith.matching.rules.states.ProposalState['OFFERED'], kith.matching.rules.states.ProposalState['AGREED'], kith.matching.rules.states.ProposalState['DECLINED'], kith.matching.rules.states.ProposalState['EXPIRED'], kith.matching.rules.states.ProposalState['DROPPED']])), name='proposal_known_state'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('shelf', 'decide'), ('state', 'proposed')), models.Q(('shelf', 'decide'), ('state', 'locked')), models.Q(('shelf', 'asked'), ('state', 'offered')), models.Q(('shelf', 'agreed'), ('state', 'agreed')), models.Q(('shelf', 'left_out'), ('state', 'rejected')), models.Q(('shelf', 'left_out'), ('state', 'declined')), models.Q(('shelf', 'left_out'), ('state', 'expired')), models.Q(('shelf', 'left_out'), ('state', 'dropped')), _connector='OR'), name='proposal_on_its_shelf'),
        ),
        migrations.AddConstraint(
            model_name='roundprogramme',
            constraint=models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('programme',), name='in_one_open_round'),
        ),
        migrations.AddConstraint(
            model_name='roundprogramme',
            constraint=models.UniqueConstraint(fields=('round', 'programme'), name='programme_once_in_a_round'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.UniqueConstraint(fields=('round', 'number'), name='run_once_in_a_round'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [kith.matching.rules.states.RunState['ASKED'], kith.matching.rules.states.RunState['SOLVING'], kith.matching.rules.states.RunState['DONE'], kith.matching.rules.states.RunState['STOPPED'], kith.matching.rules.states.RunState['FAILED']])), name='run_known_state'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('run', 'number'), name='decision_once_in_a_run'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', [kith.matching.rules.states.Act['LOCK'], kith.matching.rules.states.Act['UNLOCK'], kith.matching.rules.states.Act['REJECT'], kith.matching.rules.states.Act['ALLOW'], kith.matching.rules.states.Act['ARRIVE'], kith.matching.rules.states.Act['LEAVE'], kith.matching.rules.states.Act['ONE_MORE'], kith.matching.rules.states.Act['ONE_LESS'], kith.matching.rules.states.Act['PLACES']])), name='decision_known_act'),
        ),
    ]
