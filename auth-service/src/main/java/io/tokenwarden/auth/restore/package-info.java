/// What is done after the database was put back to an earlier state. Others have seen later
/// generations and revisions than we remember, and would not believe what we say; Meta's answers
/// and evidence about generations that we do not know would be taken for news of ours.
///
/// So every connection leaps ahead by 1,000,000 in generation and revision, its assets in revision,
/// its tokens are sealed for their new addresses, and all of it is announced anew. So does every
/// app: a block that we have forgotten is not to stand with others for ever. That also fills the
/// topics again after Kafka was emptied.
///
/// A connection whose tokens do not open is skipped: it stays as the backup had it, is named in the
/// outcome, and leaps when a restore is asked for again after its tokens open, or are replaced.
package io.tokenwarden.auth.restore;
