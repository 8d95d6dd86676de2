package io.tokenwarden.sync.run;

import io.tokenwarden.contracts.InsightsLevel;
import io.tokenwarden.graphclient.Priority;
import io.tokenwarden.sync.insights.DayRange;

/// What is read and stored at once.
record Piece(InsightsLevel level, DayRange days, Priority priority) {}
