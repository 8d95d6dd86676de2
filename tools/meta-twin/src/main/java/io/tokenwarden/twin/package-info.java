/// A stand-in for Meta: the OAuth dialog, the Graph API and the people behind it.
///
/// It behaves as Meta does where Meta has been observed, down to the error texts, and shares no
/// code with the services it tests, so that a mistake in theirs cannot hide in its own.
///
/// - `world` is all that Meta remembers: apps, people, their ad accounts, what they granted, the
///   tokens and codes issued. One immutable value, replaced under a lock and written to disk before
///   anybody sees it.
/// - `insights` makes the numbers: a pure function of account, ad and day.
/// - `graph` answers Graph API calls: a pure function of the request, the world and the clock.
/// - `dialog` is what a person sees when an app asks for access.
/// - `callbacks` is what Meta calls an app with by itself.
/// - `control` is what a test, the demo or a person uses to make things happen; `calls` what was
///   called; `faults` what shall go wrong; `limits` how much may be called; `runs` reports that
///   take their time.
///
/// Threads: every request runs on a worker thread and may block on the disk; reads take no lock.
package io.tokenwarden.twin;
