package io.tokenwarden.twin.world;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Something in an ad account that apps make, change and delete.
///
/// @param accountId digits, without `act_`
/// @param values by the name of the field; what is JSON is its text
public record AdObject(String id, Kind kind, String accountId, Map<String, String> values) {

  static final String STATUS = "status";
  private static final String DELETED = "DELETED";

  public AdObject {
    values = Map.copyOf(values);
  }

  static Stream<AdObject> of(String accountId, Campaign campaign) {
    var adSet = campaign.adSet();
    var parents = Map.of("campaign_id", campaign.id(), "adset_id", adSet.id());
    return Stream.concat(
        Stream.of(
            new AdObject(
                campaign.id(),
                Kind.CAMPAIGN,
                accountId,
                seed(campaign.name(), campaign.status(), Map.of("objective", "OUTCOME_SALES"))),
            new AdObject(
                adSet.id(),
                Kind.AD_SET,
                accountId,
                seed(adSet.name(), "ACTIVE", Map.of("campaign_id", campaign.id())))),
        campaign.ads().stream()
            .map(ad ->
                new AdObject(ad.id(), Kind.AD, accountId, seed(ad.name(), "ACTIVE", parents))));
  }

  private static Map<String, String> seed(
      String name, String status, Map<String, String> otherValues) {
    var values = new HashMap<>(otherValues);
    values.put("name", name);
    values.put(STATUS, status);
    return values;
  }

  public Optional<String> value(String field) {
    return Optional.ofNullable(values.get(field));
  }

  /// It can still be read by its id, but is in no list.
  @JsonIgnore
  public boolean isDeleted() {
    return value(STATUS).filter(DELETED::equals).isPresent();
  }

  public AdObject deleted() {
    return with(Map.of(STATUS, DELETED));
  }

  public AdObject with(Map<String, String> changed) {
    var all = new HashMap<>(values);
    all.putAll(changed);
    return new AdObject(id, kind, accountId, all);
  }

  /// What an object is, the edge of an ad account it is listed on, and what may be said of it.
  @SuppressWarnings("ImmutableEnumChecker") // What List.of and Set.of make is immutable.
  public enum Kind {
    CAMPAIGN(
        "campaigns",
        "campaign_id",
        "Campaign",
        List.of(),
        Set.of(
            "name",
            STATUS,
            "objective",
            "special_ad_categories",
            "buying_type",
            "daily_budget",
            "lifetime_budget",
            "spend_cap",
            "bid_strategy",
            "start_time",
            "stop_time")),
    AD_SET(
        "adsets",
        "adset_id",
        "AdSet",
        List.of("campaign_id"),
        Set.of(
            "name",
            STATUS,
            "daily_budget",
            "lifetime_budget",
            "bid_amount",
            "bid_strategy",
            "billing_event",
            "optimization_goal",
            "promoted_object",
            "targeting",
            "start_time",
            "end_time")),
    AD(
        "ads",
        "ad_id",
        "Ad",
        List.of("adset_id", "campaign_id"),
        Set.of("name", STATUS, "bid_amount", "creative", "tracking_specs")),
    IMAGE("adimages", "image_hash", "AdImage", List.of(), Set.of("name", "hash", STATUS)),
    VIDEO("advideos", "video_id", "AdVideo", List.of(), Set.of("title", "description"));

    private final String edge;
    private final String reference;
    private final String nodeType;
    private final List<String> parents;
    private final Set<String> writable;

    Kind(
        String edge,
        String reference,
        String nodeType,
        List<String> parents,
        Set<String> writable) {
      this.edge = edge;
      this.reference = reference;
      this.nodeType = nodeType;
      this.parents = parents;
      this.writable = writable;
    }

    public static Optional<Kind> onEdge(String edge) {
      return Stream.of(values()).filter(kind -> kind.edge.equals(edge)).findFirst();
    }

    /// The field by which others name it.
    public String reference() {
      return reference;
    }

    /// As Meta names it in errors.
    public String nodeType() {
      return nodeType;
    }

    /// The fields that say what it is part of, the nearest first.
    public List<String> parents() {
      return parents;
    }

    public Set<String> writable() {
      return writable;
    }

    /// Whether it is made from a file.
    public boolean isUploaded() {
      return this == IMAGE || this == VIDEO;
    }
  }
}
