/// From the records of the topics to the engine: pure functions, for whoever evaluates what was recorded.
///
/// What cannot be mapped is an [UnusableRecordException].
@NullMarked
package dev.muster.records;

import org.jspecify.annotations.NullMarked;
