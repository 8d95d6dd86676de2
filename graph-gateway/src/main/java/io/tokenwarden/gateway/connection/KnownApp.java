package io.tokenwarden.gateway.connection;

import io.tokenwarden.contracts.AppEvent;
import io.tokenwarden.contracts.AppEvent.AppBlocked;
import io.tokenwarden.contracts.AppEvent.AppRestored;
import io.tokenwarden.contracts.Revised;

/// A Meta app as auth-service last described it.
///
/// @param blocked whether Meta turns away every call of it
record KnownApp(String appId, long revision, boolean blocked) implements Revised {

  static KnownApp of(AppEvent news) {
    boolean blocked =
        switch (news) {
          case AppBlocked _ -> true;
          case AppRestored _ -> false;
        };
    return new KnownApp(news.appId(), news.revision(), blocked);
  }
}
