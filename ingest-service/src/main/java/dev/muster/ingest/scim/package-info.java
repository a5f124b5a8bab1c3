/// `/scim/v2`: the users and groups that an identity provider pushes (SCIM 2.0, RFC 7643 and 7644) in; the directory,
/// and facts about teams, out.
///
/// **Promises.** An answer tells what is stored, on whichever instance it was asked for. Facts about teams are there
/// with what they follow from, or not at all.
/// **Does not promise.** More than Muster needs: of a person its login, its names, its addresses, and whether the
/// account can be used. Everything else is passed over and never stored.
///
/// Start reading at [ScimController].
@NullMarked
package dev.muster.ingest.scim;

import org.jspecify.annotations.NullMarked;
