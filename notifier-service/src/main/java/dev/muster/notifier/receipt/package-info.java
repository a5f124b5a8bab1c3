/// Receipts: how each notification ended at each destination, for other systems.
@NullMarked
package dev.muster.notifier.receipt;

import org.jspecify.annotations.NullMarked;
