#include "ssh/client.hpp"
