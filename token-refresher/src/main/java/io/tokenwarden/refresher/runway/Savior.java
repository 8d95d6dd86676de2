package io.tokenwarden.refresher.runway;

/// What winds a clock without anybody doing anything.
enum Savior {
  REFRESH,
  ROTATION
}
