"""What a campaign may expect: of further labels, of stopping, of its annotators' time, of its budget.

Pure functions of arrays: they read no project and know no clock.
"""

from facelabel.campaign.forecast.budgeting import Budget, Work, budget
from facelabel.campaign.forecast.curve import Band, LearningCurve
from facelabel.campaign.forecast.forecasting import LEVEL, Estimate, Forecast, forecast
from facelabel.campaign.forecast.pacing import Effort, duration, effort
from facelabel.campaign.forecast.stopping import StopSuggestion, suggest_stop

__all__ = [
    "LEVEL",
    "Band",
    "Budget",
    "Effort",
    "Estimate",
    "Forecast",
    "LearningCurve",
    "StopSuggestion",
    "Work",
    "budget",
    "duration",
    "effort",
    "forecast",
    "suggest_stop",
]
