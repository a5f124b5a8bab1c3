/// The description of the API as a page, for people who look something up.
@NullMarked
package dev.muster.portal.reference;

import org.jspecify.annotations.NullMarked;
