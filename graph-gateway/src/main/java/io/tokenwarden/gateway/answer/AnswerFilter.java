package io.tokenwarden.gateway.answer;

import io.tokenwarden.graph.Redaction;
import io.tokenwarden.graph.Secret;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Makes an answer of Meta's fit for the caller while it passes, chunk by chunk, whatever its size:
///
/// - `paging.next` and `paging.previous` come back with the gateway's address and without
///   credentials;
/// - every `access_token`, as a member or inside an address, is blanked;
/// - the injected token and proof are gone, however they were spelled.
///
/// One filter serves one answer; it is used by one thread at a time.
public final class AnswerFilter {

  private static final Set<String> LINKS = Set.of("next", "previous");
  private static final Set<String> CREDENTIALS =
      Set.of("access_token", "appsecret_proof", "appsecret_time");
  private static final Pattern ORIGIN = Pattern.compile("^https?://[^/?#]+");

  private final List<Secret> injected;
  private final String gateway;
  private final SecretFilter exact;
  private final List<String> spellings;
  private JsonFilter json;
  private boolean begun;

  /// @param injected what was sent to Meta and must not come back
  /// @param gateway the address callers know us by, without a slash at its end
  public AnswerFilter(List<Secret> injected, URI gateway) {
    this.injected = List.copyOf(injected);
    this.gateway = gateway.toString();
    this.exact = new SecretFilter(injected);
    this.spellings =
        injected.stream().flatMap(secret -> SecretFilter.spellings(secret).stream()).toList();
  }

  public byte[] accept(byte[] chunk) {
    if (!begun && !blank(chunk)) {
      begun = true;
      json = looksLikeJson(chunk) ? new JsonFilter(new Strings()) : null;
    }
    return exact.accept(json == null ? chunk : json.accept(chunk));
  }

  public byte[] finish() {
    byte[] last = exact.accept(json == null ? new byte[0] : json.finish());
    byte[] rest = exact.finish();
    byte[] both = Arrays.copyOf(last, last.length + rest.length);
    System.arraycopy(rest, 0, both, last.length, rest.length);
    return both;
  }

  /// A header's value, with nothing in it that the body would not show either.
  public String header(String value) {
    return value.contains("token") || value.contains("proof") ? redacted(value) : exactly(value);
  }

  private String redacted(String text) {
    return Redaction.redact(text, injected.toArray(Secret[]::new));
  }

  private String exactly(String text) {
    String clean = text;
    for (String spelling : spellings) {
      clean = clean.replace(spelling, "****");
    }
    return clean;
  }

  private static boolean blank(byte[] chunk) {
    for (byte b : chunk) {
      if (b > ' ' || b < 0) {
        return false;
      }
    }
    return true;
  }

  /// An image is none; everything else may be, even where its head was cut off.
  private static boolean looksLikeJson(byte[] chunk) {
    for (byte b : chunk) {
      if (b < 0 || (b < ' ' && b != '\n' && b != '\r' && b != '\t')) {
        return false;
      }
      if (b == '{' || b == '[' || b == '"') {
        return true;
      }
    }
    return false;
  }

  private final class Strings implements JsonFilter.StringRewriter {

    @Override
    public boolean blank(String key) {
      return key.equals("access_token");
    }

    @Override
    public String rewrite(String key, boolean inPaging, String value) {
      String rewritten =
          inPaging && LINKS.contains(key) && value.startsWith("http") ? link(value) : value;
      return clean(rewritten);
    }

    private String clean(String value) {
      return value.contains("access_token") || value.contains("appsecret_proof")
          ? redacted(value)
          : exactly(value);
    }
  }

  private String link(String address) {
    int mark = address.indexOf('?');
    String path = ORIGIN.matcher(mark < 0 ? address : address.substring(0, mark)).replaceFirst("");
    if (mark < 0) {
      return gateway + path;
    }
    String query =
        Arrays.stream(address.substring(mark + 1).split("&"))
            .filter(pair -> !CREDENTIALS.contains(pair.split("=", 2)[0]))
            .collect(Collectors.joining("&"));
    return gateway + path + (query.isEmpty() ? "" : "?" + query);
  }
}
