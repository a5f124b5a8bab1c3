/// Answers of the API with nothing but the fields that somebody asked for.
@NullMarked
package dev.muster.portal.fields;

import org.jspecify.annotations.NullMarked;
