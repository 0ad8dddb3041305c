// libmongoc brings libbson along. Where both are, pkg-config says (libmongoc-1.0).
#include <mongoc/mongoc.h>
