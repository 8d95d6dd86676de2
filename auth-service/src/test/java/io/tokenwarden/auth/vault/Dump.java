package io.tokenwarden.auth.vault;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tokenwarden.testsupport.SharedParts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// Every row of every table of a schema, as a thief of a dump has it, and what can be read out of
/// it without a key.
final class Dump {
  /// Enough of a secret to be worth something, and no accident.
  private static final int TELLING = 12;

  private final String text;

  Dump(String text) {
    this.text = text;
  }

  static Dump of(String schema) throws SQLException {
    try (var superuser = SharedParts.postgres().connect("tokenwarden")) {
      var text = new StringBuilder();
      for (var table : tables(superuser, schema)) {
        rows(superuser, schema + ".\"" + table + "\"", text);
      }
      return new Dump(text.toString());
    }
  }

  private static List<String> tables(Connection superuser, String schema) throws SQLException {
    try (var statement =
        superuser.prepareStatement("select tablename from pg_tables where schemaname = ?")) {
      statement.setString(1, schema);
      var names = new ArrayList<String>();
      var rows = statement.executeQuery();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }

  /// Values as text and bytes, as PostgreSQL writes them into a dump: bytes in hexadecimal. Bytes
  /// are there once more as they are, as far as they are readable or packed.
  private static void rows(Connection superuser, String table, StringBuilder text)
      throws SQLException {
    try (var statement = superuser.createStatement();
        var rows = statement.executeQuery("select * from " + table)) {
      var columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          if (rows.getObject(i) instanceof byte[] bytes) {
            text.append(HexFormat.of().formatHex(bytes)).append(' ');
            text.append(new String(bytes, UTF_8)).append(' ').append(unpacked(bytes));
          } else {
            text.append(rows.getString(i));
          }
          text.append('\n');
        }
      }
    }
  }

  private static String unpacked(byte[] bytes) {
    try (var zipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(zipped.readAllBytes(), UTF_8);
    } catch (IOException _) {
      return inflated(bytes);
    }
  }

  private static String inflated(byte[] bytes) {
    try (var packed = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return new String(packed.readAllBytes(), UTF_8);
    } catch (IOException _) {
      return "";
    }
  }

  /// Whether a telling part of the secret can be found, in any encoding: as it is, reversed, in
  /// UTF-16, in hexadecimal or decimal bytes, in Base64 at any offset, of either alphabet, and
  /// those once more in hexadecimal.
  boolean holds(String secret) {
    return encodings(secret).stream().anyMatch(this::finds);
  }

  private boolean finds(String encoded) {
    return text.contains(encoded) || text.toLowerCase(Locale.ROOT).contains(encoded);
  }

  private static List<String> encodings(String secret) {
    var part = secret.length() > 2 * TELLING ? secret.substring(1, secret.length() - 1) : secret;
    var plain = new ArrayList<byte[]>();
    plain.add(part.getBytes(UTF_8));
    plain.add(new StringBuilder(part).reverse().toString().getBytes(UTF_8));
    plain.add(part.toUpperCase(Locale.ROOT).getBytes(UTF_8));
    plain.add(part.getBytes(UTF_16BE));
    plain.add(part.getBytes(UTF_16LE));
    var encodings = new ArrayList<String>();
    for (var bytes : plain) {
      encodings.add(new String(bytes, UTF_8));
      encodings.add(HexFormat.of().formatHex(bytes));
      encodings.add(decimal(bytes));
      for (int shift = 0; shift < 3; shift++) {
        var base64 = base64(bytes, shift);
        encodings.add(base64);
        encodings.add(base64.replace('+', '-').replace('/', '_'));
        encodings.add(HexFormat.of().formatHex(base64.getBytes(UTF_8)));
      }
    }
    return encodings;
  }

  private static String decimal(byte[] bytes) {
    var text = new StringBuilder();
    for (var value : bytes) {
      text.append(text.isEmpty() ? "" : ",").append(Byte.toUnsignedInt(value));
    }
    return text.toString();
  }

  /// What is in the Base64 of any text in which these bytes begin at that offset.
  private static String base64(byte[] bytes, int shift) {
    var shifted = new ByteArrayOutputStream();
    try {
      shifted.write(new byte[shift]);
      shifted.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted.toByteArray());
    return encoded.substring(shift == 0 ? 0 : 4, encoded.length() - 2);
  }
}
