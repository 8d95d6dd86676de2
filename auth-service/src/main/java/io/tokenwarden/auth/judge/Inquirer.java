package io.tokenwarden.auth.judge;

import io.smallrye.mutiny.Uni;
import io.tokenwarden.auth.app.MetaApp;
import io.tokenwarden.auth.judge.AskedQuestion.About;
import io.tokenwarden.auth.meta.MetaGraph;
import io.tokenwarden.auth.verdict.Inquiry.OfApp;
import io.tokenwarden.auth.verdict.Inquiry.OfAsset;
import io.tokenwarden.auth.verdict.Inquiry.OfBlock;
import io.tokenwarden.auth.verdict.Inquiry.OfPermissions;
import io.tokenwarden.auth.verdict.Inquiry.OfToken;
import io.tokenwarden.auth.verdict.Verdict;
import io.tokenwarden.auth.verdict.Verdict.Owner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/// Asks Meta, as each subject wants to be asked. No transaction is open meanwhile.
@ApplicationScoped
class Inquirer {
  private final MetaGraph meta;
  private final Clock clock;

  @Inject
  Inquirer(MetaGraph meta, Clock clock) {
    this.meta = meta;
    this.clock = clock;
  }

  Uni<Verdict> ask(AskedQuestion question) {
    return switch (question.inquiry()) {
      case OfToken _, OfBlock _ -> token(question.app(), question.about());
      case OfPermissions _ -> permissions(question.app(), question.about());
      case OfAsset asset -> asset(question.app(), question.about(), asset);
      case OfApp _ -> meta.self(question.app()).map(Verdict::ofApp);
    };
  }

  private Uni<Verdict> token(MetaApp app, About about) {
    var owner = new Owner(app.appId(), about.metaUserId());
    return meta.me(app, about.token())
        .chain(me ->
            meta.inspect(app, about.token())
                .map(inspection -> Verdict.ofToken(me, inspection, owner, clock.instant())));
  }

  private Uni<Verdict> permissions(MetaApp app, About about) {
    return meta.permissions(app, about.token()).map(Verdict::ofPermissions);
  }

  private Uni<Verdict> asset(MetaApp app, About about, OfAsset asset) {
    return meta.asset(app, about.token(), asset.type(), asset.assetId())
        .chain(answer ->
            Verdict.maySpeakOfTheAsset(answer)
                ? meta.permissions(app, about.token())
                    .map(permissions -> Verdict.ofAsset(asset.type(), answer, permissions))
                : Uni.createFrom().item(Verdict.ofAsset(asset.type(), answer, null)));
  }
}
