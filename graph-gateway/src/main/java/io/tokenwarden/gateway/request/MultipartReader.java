package io.tokenwarden.gateway.request;

import io.tokenwarden.gateway.request.GraphRequest.Parameter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `multipart/form-data` (RFC 7578) as it comes, however it is cut into chunks. What readers
/// differ about is refused: something before the first boundary or after the last, a part without a
/// name, an end that is missing. One reader reads one body.
public final class MultipartReader {

  /// Where files go.
  public interface Files {

    /// A file begins.
    ///
    /// @param type its media type
    void begin(String name, String filename, String type);

    /// More of it: what lies between the two positions.
    void write(byte[] bytes, int from, int to);
  }

  private static final String ANY_TYPE = "application/octet-stream";
  private static final Set<String> OF_FIELDS = Set.of("name");
  private static final Set<String> OF_FILES = Set.of("name", "filename", "filename*");
  private static final int LONGEST_HEAD = 4 * 1024;
  private static final byte[] LINE_END = ascii("\r\n");
  private static final byte[] LAST = ascii("--");
  private static final byte[] END_OF_HEAD = ascii("\r\n\r\n");
  private static final Pattern BOUNDARY = Pattern.compile("[0-9A-Za-z'()+_,./:=?-]{1,70}");

  private enum Place {
    START,
    AFTER_A_BOUNDARY,
    HEAD,
    CONTENT,
    END
  }

  private final byte[] delimiter;
  private final int mostOfFields;
  private final Files files;
  private final List<Parameter> fields = new ArrayList<>();
  private final ByteArrayOutputStream value = new ByteArrayOutputStream();
  private byte[] window = new byte[0];
  private int at;
  private Place place = Place.START;
  private String name;
  private boolean inFile;
  private int lengthOfFields;

  /// @param contentType of the body
  /// @param mostOfFields bytes that names and values may have together
  /// @throws MalformedException if it names no boundary
  public MultipartReader(HeaderValue contentType, int mostOfFields, Files files) {
    String boundary = contentType.attribute("boundary");
    if (boundary == null || !BOUNDARY.matcher(boundary).matches()) {
      throw new MalformedException("A multipart body names its boundary");
    }
    this.delimiter = ascii("\r\n--" + boundary);
    this.mostOfFields = mostOfFields;
    this.files = files;
  }

  /// @throws MalformedException if it is not what it must be
  public void accept(byte[] chunk) {
    byte[] rest = Arrays.copyOfRange(window, at, window.length + chunk.length);
    System.arraycopy(chunk, 0, rest, window.length - at, chunk.length);
    window = rest;
    at = 0;
    boolean goesOn = true;
    while (goesOn) {
      goesOn = step();
    }
  }

  /// @return the fields, in the caller's order
  /// @throws MalformedException if something is missing
  public List<Parameter> finish() {
    if (place != Place.END) {
      throw new MalformedException("A multipart body ends too early");
    }
    return List.copyOf(fields);
  }

  /// @return false if more must come first
  private boolean step() {
    return switch (place) {
      case START -> begin();
      case AFTER_A_BOUNDARY -> afterABoundary();
      case HEAD -> head();
      case CONTENT -> content();
      case END -> end();
    };
  }

  /// The line end of a boundary belongs to it, but for the first.
  private boolean begin() {
    byte[] first = Arrays.copyOfRange(delimiter, LINE_END.length, delimiter.length);
    if (left() < first.length) {
      return false;
    }
    mustBe(startsWith(first), "A multipart body begins with its boundary");
    at += first.length;
    place = Place.AFTER_A_BOUNDARY;
    return true;
  }

  private boolean afterABoundary() {
    if (left() < LINE_END.length) {
      return false;
    }
    place = startsWith(LAST) ? Place.END : Place.HEAD;
    mustBe(
        place == Place.END || startsWith(LINE_END), "A boundary of a multipart body is continued");
    at += LINE_END.length;
    return true;
  }

  private boolean head() {
    int end = find(END_OF_HEAD);
    if (end < 0) {
      mustBe(left() <= LONGEST_HEAD, "A part of a multipart body has too long a head");
      return false;
    }
    String head = Percent.utf8(ByteBuffer.wrap(window, at, end - at));
    mustBe(head.length() <= LONGEST_HEAD, "A part of a multipart body has too long a head");
    beginPart(headers(head));
    at = end + END_OF_HEAD.length;
    place = Place.CONTENT;
    return true;
  }

  private static Map<String, String> headers(String head) {
    Map<String, String> headers = new HashMap<>();
    for (String line : head.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      mustBe(
          colon > 0
              && headers.put(
                      line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1))
                  == null,
          "A part of a multipart body has a head that cannot be read");
    }
    return headers;
  }

  private void beginPart(Map<String, String> headers) {
    HeaderValue disposition = HeaderValue.parse(headers.getOrDefault("content-disposition", ""));
    name = disposition.attribute("name");
    mustBe(
        disposition.value().equals("form-data") && name != null,
        "A part of a multipart body has no name");
    Set<String> attributes = disposition.attributes().keySet();
    inFile = !attributes.equals(OF_FIELDS);
    mustBe(OF_FILES.containsAll(attributes), "A part of a multipart body cannot be understood");
    count(name.length());
    if (inFile) {
      beginFile(disposition, headers.get("content-type"));
    }
  }

  /// What it is called in another character set is not looked at.
  private void beginFile(HeaderValue disposition, String type) {
    String filename = disposition.attributes().getOrDefault("filename", "file");
    files.begin(name, filename, type == null ? ANY_TYPE : HeaderValue.parse(type).value());
  }

  private boolean content() {
    int end = find(delimiter);
    if (end < 0) {
      int certain = window.length - (delimiter.length - 1);
      if (certain > at) {
        take(certain);
      }
      return false;
    }
    take(end);
    if (!inFile) {
      endField();
    }
    at += delimiter.length;
    place = Place.AFTER_A_BOUNDARY;
    return true;
  }

  private void endField() {
    fields.add(new Parameter(name, Percent.utf8(ByteBuffer.wrap(value.toByteArray()))));
    value.reset();
  }

  private void take(int end) {
    if (inFile) {
      files.write(window, at, end);
    } else {
      count(end - at);
      value.write(window, at, end - at);
    }
    at = end;
  }

  private void count(int length) {
    lengthOfFields += length;
    mustBe(lengthOfFields <= mostOfFields, "The fields of a multipart body are too long");
  }

  private boolean end() {
    mustBe(
        Arrays.mismatch(window, at, window.length, LINE_END, 0, Math.min(left(), LINE_END.length))
            < 0,
        "Something comes after the last boundary of a multipart body");
    return false;
  }

  // ---- bytes

  private int left() {
    return window.length - at;
  }

  private boolean startsWith(byte[] expected) {
    return Arrays.equals(window, at, at + expected.length, expected, 0, expected.length);
  }

  /// @return where it begins, or -1
  private int find(byte[] wanted) {
    int last = window.length - wanted.length;
    for (int i = at; i <= last; i++) {
      if (window[i] == wanted[0]
          && Arrays.equals(window, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void mustBe(boolean so, String why) {
    if (!so) {
      throw new MalformedException(why);
    }
  }
}
