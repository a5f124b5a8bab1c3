/// The foreign programs that Muster stands on, each a child process: a broker, a schema registry, a database.
///
/// **Promises.** They are the real programs, unpacked by the build; their data survives a restart; they
/// listen on the loopback address only.
/// **Does not promise.** Nothing about production: one node, small heaps.
@NullMarked
package dev.muster.local.parts;

import org.jspecify.annotations.NullMarked;
