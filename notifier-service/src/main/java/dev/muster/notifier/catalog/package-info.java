/// What the catalogue says about owners and entities, kept in the ledger database.
@NullMarked
package dev.muster.notifier.catalog;

import org.jspecify.annotations.NullMarked;
