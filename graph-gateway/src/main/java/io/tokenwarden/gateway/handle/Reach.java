package io.tokenwarden.gateway.handle;

import io.tokenwarden.gateway.request.BatchItem;
import io.tokenwarden.gateway.request.GraphRequest;
import io.tokenwarden.gateway.request.GraphRequest.Parameter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What of Graph may be touched. What cannot be shown to lie within is beyond.
public sealed interface Reach {

  /// For whoever asked for something else.
  String BEYOND = "A handle with named assets reaches these alone";

  /// What the connection reaches.
  record Everything() implements Reach {}

  /// Named assets, and what belongs to them.
  ///
  /// @param assets their digits
  record NamedAssets(Set<String> assets) implements Reach {}

  static Reach of(HandleGrant grant) {
    return grant.assets().<Reach>map(NamedAssets::new).orElseGet(Everything::new);
  }

  /// Whether a request stays within.
  sealed interface Judgement {
    record Within() implements Judgement {}

    /// @param why for the caller
    record Beyond(String why) implements Judgement {}

    /// It does if each of these objects belongs to one of these ad accounts.
    record IfBelong(Set<String> objectIds, Set<String> assets) implements Judgement {
      public IfBelong {
        objectIds = Set.copyOf(objectIds);
        assets = Set.copyOf(assets);
      }
    }
  }

  /// Judges by the request alone.
  default Judgement judge(GraphRequest request) {
    return switch (this) {
      case Everything() -> new Judgement.Within();
      case NamedAssets(var assets) -> Rules.judge(assets, request);
    };
  }

  /// The rules for named assets. A path is rooted at an asset or at an object that is looked up;
  /// whatever else leads to other objects is refused: `me` and other names, lists of `ids`, fields
  /// of fields.
  final class Rules {
    private static final Pattern ROOT = Pattern.compile("(act_)?(\\d{1,20})");
    private static final Pattern NESTED = Pattern.compile("[^A-Za-z0-9_,\\s]");

    private Rules() {}

    private static Judgement judge(Set<String> assets, GraphRequest request) {
      return request.isBatch() ? judgeEach(assets, request.items()) : judgeOne(assets, request);
    }

    /// What comes of one item would lead another to objects that nobody knows yet.
    private static Judgement judgeEach(Set<String> assets, List<BatchItem> items) {
      if (items.stream().anyMatch(BatchItem::refers)) {
        return new Judgement.Beyond(
            "In a batch, a handle with named assets makes no item refer to another");
      }
      Set<String> unknown = new HashSet<>();
      for (BatchItem item : items) {
        switch (judgeOne(assets, item.request())) {
          case Judgement.Within() -> {}
          case Judgement.Beyond beyond -> {
            return beyond;
          }
          case Judgement.IfBelong(var objects, _) -> unknown.addAll(objects);
        }
      }
      return unknown.isEmpty() ? new Judgement.Within() : new Judgement.IfBelong(unknown, assets);
    }

    private static Judgement judgeOne(Set<String> assets, GraphRequest request) {
      if (request.parameters().stream().anyMatch(Rules::leadsElsewhere)) {
        return new Judgement.Beyond(
            "A handle with named assets reaches neither `ids` nor fields of fields");
      }
      var root = request.segments().isEmpty() ? "" : request.segments().getFirst();
      Matcher asset = ROOT.matcher(root);
      if (!asset.matches()) {
        return new Judgement.Beyond(BEYOND);
      }
      if (assets.contains(asset.group(2))) {
        return new Judgement.Within();
      }
      return asset.group(1) == null
          ? new Judgement.IfBelong(Set.of(asset.group(2)), assets)
          : new Judgement.Beyond(BEYOND);
    }

    private static boolean leadsElsewhere(Parameter parameter) {
      return switch (parameter.plainName()) {
        case "ids" -> true;
        case "fields" -> NESTED.matcher(parameter.value()).find();
        default -> false;
      };
    }
  }
}
