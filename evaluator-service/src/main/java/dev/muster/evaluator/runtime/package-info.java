/// How the topology runs: settings that are pinned, dead letters, threads that die, health.
@NullMarked
package dev.muster.evaluator.runtime;

import org.jspecify.annotations.NullMarked;
