package io.tokenwarden.twin.world;

/// Where Meta calls an app. Each address is null for none.
///
/// @param webhookUrl one that has proved to be the app's
/// @param held whether what is to be delivered waits until somebody sends it
public record Callbacks(
    String deauthorizeUrl, String dataDeletionUrl, String webhookUrl, boolean held) {

  static final Callbacks NONE = new Callbacks(null, null, null, false);

  public Callbacks held(boolean now) {
    return new Callbacks(deauthorizeUrl, dataDeletionUrl, webhookUrl, now);
  }
}
