#include "playbook/playbook.hpp"

namespace gpuctl::playbook {}
