#include "core/quantity.hpp"

#include <doctest/doctest.h>

using namespace gpuctl::core;

TEST_CASE("quantities are numbers with Kubernetes' suffixes") {
  CHECK(quantity("1") == 1.0);
  CHECK(quantity("500m") == 0.5);
  CHECK(quantity("12Gi") == 12.0 * 1024 * 1024 * 1024);
  CHECK(quantity("1e3") == 1000.0);
  CHECK(quantity("-1k") == -1000.0);
  CHECK_FALSE(quantity(""));
  CHECK_FALSE(quantity("1 Gi"));
  CHECK_FALSE(quantity("1GiB"));
  CHECK_FALSE(quantity("Gi"));
}

TEST_CASE("quantities of one value are the same") {
  CHECK(same_quantity("0.5", "500m"));
  CHECK(same_quantity("1Gi", "1024Mi"));
  CHECK(same_quantity("1000", "1k"));
  CHECK_FALSE(same_quantity("1G", "1Gi"));
  CHECK_FALSE(same_quantity("x", "x"));
}

TEST_CASE("where quantities stand") {
  CHECK(is_quantity_field("/spec/containers/0/resources/limits/cpu"));
  CHECK(is_quantity_field("/status/allocatable/nvidia.com~1gpu"));
  CHECK_FALSE(is_quantity_field("/metadata/labels/cpu"));
}
