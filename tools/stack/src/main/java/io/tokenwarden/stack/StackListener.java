package io.tokenwarden.stack;

/// Hears how a stack comes up, runs and goes down. Calls come one at a time, from any thread.
public interface StackListener {

  /// Something a person should know, such as a port that was taken.
  void said(String message);

  void changed(PartStatus status);

  /// Everything is ready.
  void ready(StackInfo info);

  /// Hears nothing.
  static StackListener silent() {
    return new StackListener() {
      @Override
      public void said(String message) {}

      @Override
      public void changed(PartStatus status) {}

      @Override
      public void ready(StackInfo info) {}
    };
  }
}
