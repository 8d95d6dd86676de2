package io.tokenwarden.twin.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A file that came with a call, there until the call is answered.
///
/// @param field the part it came in
/// @param fileName as the caller named it
record Upload(String field, String fileName, Path file) {

  /// MD5 of its content, in hexadecimal digits: what Meta knows an image by.
  String hash() {
    try (var content = Files.newInputStream(file)) {
      return hash(content);
    } catch (IOException e) {
      throw new UncheckedIOException("an uploaded file cannot be read", e);
    }
  }

  static String hash(InputStream content) throws IOException {
    try (var digest = new DigestInputStream(content, MessageDigest.getInstance("MD5"))) {
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
