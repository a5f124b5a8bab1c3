/// The one place where what travels (Avro) becomes what is true (the engine), and back.
///
/// Pure functions. What cannot be mapped is an [UnusableRecordException], which becomes a dead letter.
@NullMarked
package dev.muster.evaluator.mapping;

import org.jspecify.annotations.NullMarked;
