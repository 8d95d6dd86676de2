package io.tokenwarden.twin.limits;

import java.util.Locale;

/// One quota, the calls of which are counted together.
public sealed interface Quota {

  QuotaKind kind();

  /// What it is called where it is shown.
  String label();

  record OfApp(String app) implements Quota {

    @Override
    public QuotaKind kind() {
      return QuotaKind.APP;
    }

    @Override
    public String label() {
      return "app:" + app;
    }
  }

  record OfUser(String person) implements Quota {

    @Override
    public QuotaKind kind() {
      return QuotaKind.USER;
    }

    @Override
    public String label() {
      return "user:" + person;
    }
  }

  /// What an app does with one ad account.
  ///
  /// @param account digits, without `act_`
  record OfAccount(String app, String account, UseCase useCase) implements Quota {

    @Override
    public QuotaKind kind() {
      return QuotaKind.ACCOUNT;
    }

    @Override
    public String label() {
      return "account:%s:%s:%s".formatted(app, account, useCase.type());
    }
  }

  /// What an ad account is called for; Meta counts each by itself.
  enum UseCase {
    ADS_INSIGHTS,
    ADS_MANAGEMENT;

    /// As the usage headers name it.
    public String type() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
