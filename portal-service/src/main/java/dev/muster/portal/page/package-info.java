/// What every page shares: words, times, headers.
@NullMarked
package dev.muster.portal.page;

import org.jspecify.annotations.NullMarked;
