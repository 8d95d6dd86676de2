package io.tokenwarden.gateway.answer;

import io.tokenwarden.graph.Redaction;
import io.tokenwarden.graph.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Makes an answer of Meta's fit for the caller while it passes, chunk by chunk, whatever its size:
///
/// - the injected token and proof are gone, however they were spelled;
/// - every `access_token`, as a member or inside an address, is blanked;
/// - `paging.next` and `paging.previous` come back with the gateway's address and no credential but
///   the caller's handle, also in the bodies of a batch.
///
/// ```
///   Meta ──▶ SecretFilter ──▶ JsonFilter ──▶ caller
///            credentials      members, paging
/// ```
///
/// What comes out does not depend on how the answer was cut into chunks. One filter serves one
/// answer; it is used by one thread at a time.
public final class AnswerFilter {

  private final List<Secret> injected;
  private final SecretFilter secrets;
  private final SecretFilter headers;
  private final JsonFilter json;
  private Form form = Form.UNKNOWN;

  /// An image is no JSON; everything else may be, even where its head was cut off.
  private enum Form {
    UNKNOWN,
    JSON,
    OTHER
  }

  /// @param injected what was sent to Meta and must not come back
  /// @param gateway the address callers know us by
  public AnswerFilter(List<Secret> injected, URI gateway) {
    this(injected, gateway, null);
  }

  /// As [#AnswerFilter(List, URI)].
  ///
  /// @param handle that the caller came with: it is put into the addresses of further pages, and
  ///   nowhere else; null for one who came with a bearer token
  public AnswerFilter(List<Secret> injected, URI gateway, String handle) {
    this.injected = List.copyOf(injected);
    this.secrets = new SecretFilter(injected);
    this.headers = new SecretFilter(injected);
    this.json = new JsonFilter(new Link(gateway, handle)::here);
  }

  public byte[] accept(byte[] chunk) {
    return shaped(secrets.accept(chunk));
  }

  public byte[] finish() {
    return shaped(secrets.finish());
  }

  private byte[] shaped(byte[] clean) {
    int decided = form == Form.UNKNOWN ? decide(clean) : 0;
    if (form != Form.JSON) {
      return clean;
    }
    return decided == 0
        ? json.accept(clean)
        : joined(
            Arrays.copyOf(clean, decided),
            json.accept(Arrays.copyOfRange(clean, decided, clean.length)));
  }

  /// @return where it was decided
  private int decide(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b == '{' || b == '[' || b == '"') {
        form = Form.JSON;
        return i;
      }
      if (b < 0 || (b < ' ' && b != '\n' && b != '\r' && b != '\t')) {
        form = Form.OTHER;
        return i;
      }
    }
    return bytes.length;
  }

  /// A header's value, with nothing in it that the body would not show either.
  public String header(String value) {
    return value.contains("token") || value.contains("proof") ? redacted(value) : clean(value);
  }

  private String redacted(String text) {
    return Redaction.redact(clean(text), injected.toArray(Secret[]::new));
  }

  private String clean(String text) {
    byte[] clean = headers.accept(text.getBytes(StandardCharsets.UTF_8));
    return new String(joined(clean, headers.finish()), StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
