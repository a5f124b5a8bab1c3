/// What tools report: facts as registers that converge, and the catalogue that types them.
///
/// **Promises.** The same changes give the same state, in any order, with any repetition and in any replay
/// ([Registers]). A value that is in a register can be read by its declaration without an exception
/// ([FactCatalogue#read]).
/// **Does not promise.** Nothing about who may report what: that is decided where deliveries come in.
///
/// Start reading at [FactState].
@NullMarked
package dev.muster.engine.fact;

import org.jspecify.annotations.NullMarked;
