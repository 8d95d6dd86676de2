package io.tokenwarden.sync.insights;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;

/// What one entity did on one day of its ad account.
///
/// @param entityId the id of the account, campaign or ad
/// @param spend in the account's currency
/// @param metrics all else that Meta said, in its words
public record InsightsRow(
    LocalDate day,
    String entityId,
    String entityName,
    BigDecimal spend,
    long impressions,
    long clicks,
    JsonNode metrics) {}
