#include "chart/functions/functions.hpp"

#include "chart/functions/tables.hpp"

namespace gpuctl::chart {

namespace {

Functions sprig() {
  Functions all;
  for (const auto table :
       {certificate_functions(), conversion_functions(), crypto_functions(), date_functions(), default_functions(),
        dict_functions(), encoding_functions(), flow_functions(), json_functions(), list_functions(),
        number_functions(), path_functions(), random_functions(), regex_functions(), string_functions(),
        type_functions(), url_functions(), version_functions(), word_functions()})
    all.add(table);
  return all;
}

Functions helm() {
  Functions all = sprig();
  all.remove("env");
  all.remove("expandenv");
  all.add(format_functions());
  all.add(engine_functions());
  return all;
}

}  // namespace

const Functions& sprig_functions() {
  static const Functions all = sprig();
  return all;
}

const Functions& helm_functions() {
  static const Functions all = helm();
  return all;
}

}  // namespace gpuctl::chart
