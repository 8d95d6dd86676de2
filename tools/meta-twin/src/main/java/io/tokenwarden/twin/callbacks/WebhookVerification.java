package io.tokenwarden.twin.callbacks;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;

/// Finds out whether a webhook address is the app's: it has to know the verify token and echo the
/// challenge.
@Singleton
public final class WebhookVerification {

  private final SecureRandom random = new SecureRandom();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Envelope.PATIENCE).build();

  @Inject
  WebhookVerification() {}

  /// @param verifyToken what the app was told to expect
  public boolean isPassedBy(String url, String verifyToken) {
    var challenge = Integer.toString(random.nextInt(1_000_000_000));
    try {
      var answer = http.send(question(url, challenge, verifyToken), BodyHandlers.ofString());
      return isEcho(answer, challenge);
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static HttpRequest question(String url, String challenge, String verifyToken) {
    var address =
        "%s%shub.mode=subscribe&hub.challenge=%s&hub.verify_token=%s"
            .formatted(
                url,
                url.contains("?") ? "&" : "?",
                challenge,
                URLEncoder.encode(String.valueOf(verifyToken), UTF_8));
    return HttpRequest.newBuilder(URI.create(address)).timeout(Envelope.PATIENCE).build();
  }

  private static boolean isEcho(HttpResponse<String> answer, String challenge) {
    return answer.statusCode() == 200 && answer.body().equals(challenge);
  }
}
