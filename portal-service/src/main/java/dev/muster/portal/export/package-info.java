/// Lists as files for spreadsheets.
@NullMarked
package dev.muster.portal.export;

import org.jspecify.annotations.NullMarked;
