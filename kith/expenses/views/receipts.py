"""Receipts, for whoever may see the claim."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from kith.expenses.views.shared import claim_or_404, expense_or_404
from kith.web.attached import attached_answer


@require_GET
def receipt(request: HttpRequest, pk: UUID, expense: UUID) -> HttpResponse:
    """The picture or paper of one expense."""
    return attached_answer(expense_or_404(claim_or_404(request, pk), expense).receipt)
