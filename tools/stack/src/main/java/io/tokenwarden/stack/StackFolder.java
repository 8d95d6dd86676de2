package io.tokenwarden.stack;

import io.tokenwarden.embedded.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The folder all data of a local stack lies in, and who may use it: one stack at a time.
///
/// @param path usually `.tokenwarden` in the checkout
public record StackFolder(Path path) {

  private static final String LOCK = "lock";

  public StackFolder {
    path = path.toAbsolutePath().normalize();
  }

  /// The folder of a checkout.
  public static StackFolder of(Path home) {
    return new StackFolder(home.resolve(".tokenwarden"));
  }

  Path postgres() {
    return path.resolve("postgres");
  }

  Path kafka() {
    return path.resolve("kafka");
  }

  Path issuer() {
    return path.resolve("issuer");
  }

  /// The twin's own world, outside the database.
  Path twin() {
    return path.resolve("twin");
  }

  public Path logs() {
    return path.resolve("logs");
  }

  Path log(String process) {
    return logs().resolve(process + ".log");
  }

  Path keyset() {
    return path.resolve("keyset.json");
  }

  /// The key that the stack's vault hangs on.
  public VaultKeyset vaultKeyset() {
    return new VaultKeyset(keyset());
  }

  Path secrets() {
    return path.resolve("secrets.json");
  }

  Path processes() {
    return path.resolve("processes.json");
  }

  /// The id of the process that runs the stack; the script `tokenwarden` reads it too.
  Path owner() {
    return path.resolve("up.pid");
  }

  Path stackFile() {
    return path.resolve("stack.json");
  }

  /// What the running stack says of itself; empty if none has come up or it was stopped.
  public Optional<StackInfo> running() {
    return isLocked() ? StackInfo.read(stackFile()) : Optional.empty();
  }

  private boolean isLocked() {
    if (!Files.exists(path.resolve(LOCK))) {
      return false;
    }
    var lock = lock();
    lock.ifPresent(Lock::close);
    return lock.isEmpty();
  }

  /// Takes the folder; empty if a stack has it. The operating system gives it back when this
  /// process ends, however it ends.
  Optional<Lock> lock() {
    try {
      Files.createDirectories(path);
      var channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        var lock = channel.tryLock();
        if (lock != null) {
          return Optional.of(new Lock(channel));
        }
      } catch (OverlappingFileLockException _) {
        // A stack in this very process.
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Locking " + path, e);
    }
  }

  /// Deletes everything in it, after ending what a killed stack left behind.
  ///
  /// @return whether it was done; false if a stack runs
  public boolean empty() {
    var lock = lock();
    if (lock.isEmpty()) {
      return false;
    }
    try (var _ = lock.get()) {
      new Leftovers(processes()).end();
      Folders.delete(path);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("Emptying " + path, e);
    }
  }

  /// The right to use the folder, until closed.
  record Lock(FileChannel channel) implements AutoCloseable {
    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException("Unlocking", e);
      }
    }
  }
}
